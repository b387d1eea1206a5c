"""Tryton (ERP, SCM and CRM) over its REST interface; a server of its own, of which nothing is imported."""
