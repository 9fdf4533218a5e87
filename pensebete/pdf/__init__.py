"""The PDF in its editions; the only folder that knows fpdf2 and fontTools."""
