"""What most notebooks do on a click: clear an Output and draw a matplotlib figure inline."""

CELL = """\
import ipywidgets
import matplotlib.pyplot as plt
button = ipywidgets.Button(description="Next")
output = ipywidgets.Output()
clicks = 0
def draw(_):
    global clicks
    clicks += 1
    with output:
        output.clear_output(wait=True)
        figure, axes = plt.subplots(figsize=(6, 3))
        axes.barh(range(8), [0.05 * ((clicks + row) % 8) for row in range(8)])
        plt.show()
button.on_click(draw)
ipywidgets.VBox([button, output])"""
BUTTON = ".jupyter-button"
WATCHED = ".jp-RenderedImage img"
