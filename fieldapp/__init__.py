"""What a village's grid members record on their phones, and what the township sees of it."""
