"""What is seen: one root widget, pure functions that turn a visit into markup, and one page of JavaScript."""
