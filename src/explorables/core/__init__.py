"""The numeric core: the textbook's algorithms, written with numpy alone and seeded throughout."""
