"""Reports: plans, timeline, overviews; reads everything, changes nothing but plans."""
