"""`python -m twitchwise`: the same as the command `twitchwise`."""

from twitchwise.cli import main

if __name__ == "__main__":
    main()
