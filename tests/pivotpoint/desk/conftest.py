from tests.pivotpoint.desk.scene import yard

__all__ = ["yard"]
