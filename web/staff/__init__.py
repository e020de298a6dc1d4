"""The pages of staff: sign-in, and what each role looks after."""
