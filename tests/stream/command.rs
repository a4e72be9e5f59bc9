//! Streams through the built command: standard input, closed pipes, full disks, what it leaves behind.

