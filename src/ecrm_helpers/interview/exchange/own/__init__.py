"""What people make themselves: Word, text and spreadsheet files."""
