// The front door and the forms of the preparation need no script of their own yet.
