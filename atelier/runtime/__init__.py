"""What runs around the application: how the processes of one machine reach each other."""
