"""What the commands are measured against: other programs that do a part of their work, or the same otherwise."""
