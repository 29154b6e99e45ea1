"""okr_desk: objectives and key results for township Party-building offices and grassroots branches."""

__version__ = "0.1.0"
