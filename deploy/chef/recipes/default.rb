# Configures the node from its attributes.
settings = node['rb-aioutliers'].to_h

rb_aioutliers_config 'config' do
  settings.each { |name, value| send(name, value) unless name == 'actions' }
  action settings['actions'].map(&:to_sym)
end
