module RbAioutliers
  SERVICES = %w(rb-aioutliers rb-aioutliers-scheduler rb-aioutliers-worker).freeze

  # What the template of config.ini gets. Nothing of Chef in it, so that it can be used without Chef.
  module Settings
    PLAIN = %i(
      address port error_status max_body_megabytes server_health_port ready_grace_seconds
      keys_file protect_v1 protect_metrics requests_per_minute certificate certificate_key user_header role_header
      metric history history_rows history_cache_megabytes time_zone schedule_hour epochs batch_size backup_path backup_keep
      default_detector sensitivity contamination
      data_source sensor_dimension monitor_metric traffic_metrics explain_data_source explain_dimensions
      models_path max_loaded poll_seconds keras_format ingestion_delay_seconds longest_query_seconds database keep_days
      alerts_public_url log_file ntp_server redis_hostname redis_port redis_secret
      redis_username redis_tls redis_ca_file
      workers lease_seconds grace_seconds health_port schedule_health_port dashboard dashboard_key
      druid_user druid_password druid_token druid_ca_file consul_endpoint consul_token consul_ca_file
      service_name service_address service_port s3_hostname
    ).freeze
    S3 = %w(access_key secret_key region bucket).freeze

    # Line ends would start another key, or another section.
    def self.of(resource)
      settings = PLAIN.to_h { |name| [name, resource.public_send(name)] }
      secrets = resource.s3_secrets.to_h.transform_keys(&:to_s)
      unknown = secrets.keys - S3
      raise ArgumentError, "s3_secrets has unknown keys: #{unknown.join(', ')}; it takes #{S3.join(', ')}" unless unknown.empty?

      S3.each { |key| settings[:"s3_#{key}"] = secrets[key] }
      %i(target_sensors model_names trusted_proxies).each { |name| settings[name] = resource.public_send(name).join(',') }
      settings[:seasonal_scan] = resource.seasonal_scan.to_h
      settings[:druid_endpoint] = endpoint(resource.druid_broker)
      settings.each do |name, value|
        parts = value.is_a?(Hash) ? value.to_a.flatten : [value]
        raise ArgumentError, "#{name} must be one line" if parts.any? { |part| part.to_s.match?(/[\r\n]/) }
      end
    end

    # A broker's name becomes its query URL; URLs and duckdb:FOLDER stay as they are.
    def self.endpoint(broker)
      return broker if broker.nil? || broker.empty? || broker.match?(%r{\A(https?://|duckdb:)})

      "http://#{broker.match?(/:\d+\z/) ? broker : "#{broker}:8082"}/druid/v2/"
    end
  end
end
