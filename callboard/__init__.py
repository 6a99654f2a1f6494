"""Callboard keeps an event's wiki pages: schedule, sign-up lists, notices, report."""
