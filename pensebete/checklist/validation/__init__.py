"""What is wrong with a checklist: its shape, its rules, its conditions; and what to be warned of."""
