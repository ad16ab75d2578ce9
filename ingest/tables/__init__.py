"""From tables, whole or with their columns lost, to rows and mentions."""
