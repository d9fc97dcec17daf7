"""Bulletins and authorised look-up (数据通报与查询)."""
