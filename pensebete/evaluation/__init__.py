"""What follows from a checklist and an assessment: readiness, the plan, what changed; in figures and in words."""
