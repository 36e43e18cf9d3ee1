"""Templates, assets and pages drawn beforehand."""
