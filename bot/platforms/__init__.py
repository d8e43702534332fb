"""Where learners are: each platform translates its own objects to requests and replies."""
