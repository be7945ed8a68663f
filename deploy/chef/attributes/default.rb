# Every property of rb_aioutliers_config can be set as node['rb-aioutliers'][PROPERTY]; README.md lists them.
default['rb-aioutliers']['actions'] = %w(add)
