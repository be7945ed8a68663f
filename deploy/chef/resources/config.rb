# rb-aioutliers on one node: package, configuration, services, and its entry in Consul.
unified_mode true
resource_name :rb_aioutliers_config
provides :rb_aioutliers_config

property :druid_broker, String
property :druid_user, String
property :druid_password, String, sensitive: true
property :druid_token, String, sensitive: true
property :druid_ca_file, String
property :ingestion_delay_seconds, Integer, default: 0
property :longest_query_seconds, Integer, default: 300
property :log_file, String, default: '/var/log/rb-aioutliers/rb-aioutliers.log'
property :address, String, default: '0.0.0.0'
property :port, Integer, default: 39091
property :error_status, Integer, default: 500
property :max_body_megabytes, Integer, default: 16
property :server_health_port, Integer
property :ready_grace_seconds, Integer, default: 0
property :database, String, sensitive: true
property :keep_days, Integer, default: 400
property :alerts_public_url, String
property :keys_file, String
property :protect_v1, String, default: 'off'
property :protect_metrics, String, default: 'off'
property :requests_per_minute, Integer, default: 600
property :certificate, String
property :certificate_key, String
property :trusted_proxies, Array, default: []
property :user_header, String
property :role_header, String
property :s3_hostname, String
property :s3_secrets, Hash, default: {}, sensitive: true
property :redis_hostname, String
property :redis_port, Integer, default: 6379
property :redis_secret, String, sensitive: true
property :redis_username, String
property :redis_tls, [true, false], default: false
property :redis_ca_file, String
property :workers, Integer, default: 1
property :lease_seconds, Integer, default: 30
property :grace_seconds, Integer, default: 20
property :health_port, Integer
property :schedule_health_port, Integer
property :dashboard, String, default: 'off'
property :dashboard_key, String, sensitive: true
property :ntp_server, String
property :metric, String, default: 'bytes'
property :data_source, String, default: 'rb_flow'
property :sensor_dimension, String, default: 'sensor_name'
property :monitor_metric, String, default: 'monitors'
property :explain_data_source, String
property :explain_dimensions, String, default: 'src_ip,dst_ip,protocol,dst_port'
property :traffic_metrics, String
property :history, String, default: 'auto'
property :history_rows, Integer, default: 20160
property :history_cache_megabytes, Integer, default: 128
property :time_zone, String, default: 'UTC'
property :sensitivity, Numeric, default: 0.95
property :contamination, Numeric, default: 0.01
property :default_detector, String, default: 'seasonal-scan'
property :seasonal_scan, Hash, default: {}
property :schedule_hour, String, default: '0 2 * * *'
property :epochs, Integer, default: 20
property :batch_size, Integer, default: 32
property :target_sensors, Array, default: []
property :model_names, Array, default: []
property :models_path, String, default: '/var/lib/rb-aioutliers/models'
property :max_loaded, Integer, default: 64
property :poll_seconds, Integer, default: 60
property :keras_format, Integer, default: 2
property :backup_path, String, default: '/var/lib/rb-aioutliers/backups'
property :backup_keep, Integer, default: 10
property :consul_endpoint, String
property :consul_token, String, sensitive: true
property :consul_ca_file, String
property :consul_agent, String, default: 'http://127.0.0.1:8500'
property :service_name, String, default: 'rb-aioutliers'
property :service_address, String, default: lazy { node['ipaddress'] }
property :service_port, Integer, default: lazy { port }
property :services, Array, default: ['rb-aioutliers'], callbacks: {
  "names of #{RbAioutliers::SERVICES.join(', ')}" => ->(names) { (names - RbAioutliers::SERVICES).empty? },
}

default_action :add

action :add do
  package 'rb-aioutliers'

  RbAioutliers::SERVICES.each do |name|
    service name do
      action new_resource.services.include?(name) ? :enable : [:stop, :disable]
    end
  end

  template '/opt/rb-aioutliers/config.ini' do
    source 'config.ini.erb'
    cookbook 'rb-aioutliers'
    owner 'root'
    group 'rb-aioutliers'
    mode '0640'
    sensitive true
    # A bad attribute stops here, with the old file in place, and not on every node at its next start.
    verify '/opt/rb-aioutliers/bin/rb-aioutliers config check --config %{path}'
    variables RbAioutliers::Settings.of(new_resource)
    new_resource.services.each { |name| notifies :restart, "service[#{name}]", :delayed }
  end

  # After the configuration is in place, so that the first start finds it.
  new_resource.services.each do |name|
    service "#{name} running" do
      service_name name
      action :start
    end
  end
end

action :remove do
  RbAioutliers::SERVICES.each do |name|
    service name do
      action [:stop, :disable]
    end
  end

  package 'rb-aioutliers' do
    action :remove
  end
end

action :register do
  consul = RbAioutliers::Consul.of(new_resource)
  entry = RbAioutliers::Consul.entry(new_resource, node['hostname'])
  unless consul.registered?(entry)
    converge_by("register #{entry['ID']} in Consul") { consul.register(entry) }
  end
end

action :deregister do
  consul = RbAioutliers::Consul.of(new_resource)
  id = RbAioutliers::Consul.id(node['hostname'])
  if consul.known?(id)
    converge_by("deregister #{id} from Consul") { consul.deregister(id) }
  end
end
