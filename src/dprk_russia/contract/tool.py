"""The version of the tool, which is not that of the data."""

# That of what other programs rest on: what `import dprk_russia` offers, the commands and their options, exit codes, the
# JSON forms and the ids of rules. README, Versions, says what raises it.
TOOL_VERSION = "1.0.0"
