"""One panel a file: `render(screen)` gives markup, `handle(screen, message)` gives an act or a choice."""
