"""Those who move money for us, behind one port."""
