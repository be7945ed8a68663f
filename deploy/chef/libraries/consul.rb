require 'json'
require 'net/http'

module RbAioutliers
  # The three requests to a Consul agent that are needed.
  class Consul
    TIMEOUT_SECONDS = 10

    def self.id(hostname)
      "rb-aioutliers-#{hostname}"
    end

    def self.entry(resource, hostname)
      address, port = resource.service_address, resource.service_port
      {
        'ID' => id(hostname), 'Name' => resource.service_name, 'Address' => address, 'Port' => port,
        'Check' => check("#{address}:#{port}/health/ready", !resource.certificate.nil?)
      }
    end

    # As the service's own registration. The check asks by address, and certificates are for names.
    def self.check(place, tls)
      {
        'Name' => 'readiness', 'HTTP' => "#{tls ? 'https' : 'http'}://#{place}", 'TLSSkipVerify' => tls,
        'Interval' => '10s', 'Timeout' => '5s', 'DeregisterCriticalServiceAfter' => '30m'
      }
    end

    def self.of(resource)
      new(resource.consul_agent, resource.consul_token, resource.consul_ca_file)
    end

    def initialize(agent, token = nil, ca_file = nil)
      @agent = URI(agent)
      @token = token
      @ca_file = ca_file
    end

    def known?(id)
      !service(id).nil?
    end

    def registered?(entry)
      known = service(entry['ID'])
      !known.nil? && known['Service'] == entry['Name'] && known['Address'] == entry['Address'] && known['Port'] == entry['Port']
    end

    def register(entry)
      request(Net::HTTP::Put.new('/v1/agent/service/register', 'Content-Type' => 'application/json'), JSON.generate(entry))
    end

    def deregister(id)
      request(Net::HTTP::Put.new("/v1/agent/service/deregister/#{id}"))
    end

    private

    # Nil when the agent has no service with this id.
    def service(id)
      body = request(Net::HTTP::Get.new("/v1/agent/service/#{id}"), nil, none: '404')
      body && JSON.parse(body)
    end

    def connection
      { use_ssl: @agent.scheme == 'https', ca_file: @ca_file, open_timeout: TIMEOUT_SECONDS, read_timeout: TIMEOUT_SECONDS }.compact
    end

    def request(request, body = nil, none: nil)
      request.body = body
      request['X-Consul-Token'] = @token if @token
      answer = Net::HTTP.start(@agent.host, @agent.port, **connection) { |http| http.request(request) }
      return nil if answer.code == none
      raise "Consul at #{@agent} answered #{answer.code} to #{request.method} #{request.path}" unless answer.is_a?(Net::HTTPSuccess)

      answer.body
    end
  end
end
