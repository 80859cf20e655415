"""The site: pages that answer how many, according to whom, and how it is known; they work from a folder, without a server.

Modules of `pages` say what each page tells, as plain data; templates give it its form.
"""
