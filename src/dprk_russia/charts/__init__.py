"""Charts of rival figures, drawn as SVG by this package alone: a claimed range is never drawn as an error bar."""
