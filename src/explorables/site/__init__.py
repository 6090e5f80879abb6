"""The build side: content folder in, finished site out."""
