"""Addresses: one blueprint a module."""
