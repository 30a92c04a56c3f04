"""The questions of `twitchwise ask`: which one comes next, what an answer changes, and when it is enough."""
