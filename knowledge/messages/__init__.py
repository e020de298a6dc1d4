"""What kind of message a member wrote: urgent, own case, in scope, personal."""
