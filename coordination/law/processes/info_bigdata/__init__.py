"""Cross-department exchange of files (跨部门大数据协同办案机制)."""
