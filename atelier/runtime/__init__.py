"""What makes a process run: greenlets, other processes, logs, what the disk says, how processes reach each other."""
