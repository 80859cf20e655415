"""What the rows of a package imply, told in SQL: one file for each measure, with its meaning and columns at its head.

`frames` holds the derived frames that users see, `steps` what they are made from. A measure names tables of the package,
with the first and last day beside each date, and other measures; nothing else. The text runs as it is in SQLite and
DuckDB; `dprk_russia.record.dialects` puts it into the words of other databases.
"""
