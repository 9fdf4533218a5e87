"""The other files a plan leaves in: a workbook, a calendar, a table of text."""
