"""The content, on its author's side: the file, its models, its rules, its versions."""
