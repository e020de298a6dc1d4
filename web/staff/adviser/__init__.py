"""The pages of advisers: guidance while a member is on the phone, and the cases at the desk."""
