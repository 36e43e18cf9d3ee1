"""The facilitator's screen."""
