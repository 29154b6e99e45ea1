"""What the program costs, each figure beside a yardstick measured in the same run. `python3 dev.py bench`."""
