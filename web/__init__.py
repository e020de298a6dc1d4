"""The public pages and the processes behind them."""
