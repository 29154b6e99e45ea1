"""Item models: columns and rows, nothing else."""
