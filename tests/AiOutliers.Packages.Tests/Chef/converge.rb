# Stands for the part of Chef that the cookbook uses, where Chef itself is not to be had: evaluates resources/config.rb, runs one action, and prints what it
# declares, with the templates rendered by ERB.
#   ruby converge.rb COOKBOOK < '{"action": …, "properties": {…}, "node": {…}}'
require 'erb'
require 'json'

COOKBOOK = ARGV.fetch(0)
Dir[File.join(COOKBOOK, 'libraries', '*.rb')].sort.each { |library| require File.expand_path(library) }

# What a custom resource's file says, and the values of one use of it.
class CustomResource
  Property = Struct.new(:type, :default, :callbacks)
  PROPERTIES = {}
  ACTIONS = {}

  class << self
    def property(name, type, default: nil, sensitive: false, callbacks: {})
      PROPERTIES[name] = Property.new(type, default, callbacks)
      define_method(name) { value(name) }
    end

    def action(name, &block)
      ACTIONS[name] = block
    end

    def lazy(&block)
      block
    end

    %i(unified_mode resource_name provides default_action).each { |name| define_method(name) { |*| nil } }
  end

  attr_reader :node

  def initialize(values, node)
    @node = node
    @values = values.transform_keys(&:to_sym)
    @values.each { |name, value| check(name, value) }
  end

  private

  def check(name, value)
    property = PROPERTIES.fetch(name)
    raise TypeError, "#{name} takes #{property.type}, not #{value.inspect}" unless Array(property.type).any? { |type| type === value }

    property.callbacks.each { |message, test| raise ArgumentError, "#{name}: #{message}" unless test.call(value) }
  end

  def value(name)
    return @values[name] if @values.key?(name)

    default = PROPERTIES[name].default
    default.is_a?(Proc) ? instance_exec(&default) : default
  end
end

# One resource that an action declares: every call in its block is kept.
class Declared
  attr_reader :new_resource, :said

  def initialize(new_resource)
    @new_resource = new_resource
    @said = {}
  end

  def method_missing(name, *values, **named)
    said[name] = named.empty? ? (values.one? ? values.first : values) : named
  end

  def respond_to_missing?(*) = true
end

# Where an action's block runs.
class Run
  attr_reader :new_resource, :node, :resources, :converged

  def initialize(new_resource)
    @new_resource = new_resource
    @node = new_resource.node
    @resources = []
    @converged = []
  end

  %i(package service template).each do |type|
    define_method(type) do |name, &block|
      declared = Declared.new(new_resource)
      declared.instance_exec(&block) if block
      resources << { type: type, name: name, said: declared.said, content: type == :template ? render(declared.said) : nil }
    end
  end

  def converge_by(message)
    converged << message
    yield
  end

  private

  def render(said)
    text = File.read(File.join(COOKBOOK, 'templates', said.fetch(:source)))
    given = said.fetch(:variables)
    used = text.scan(/@(\w+)/).flatten.map(&:to_sym).uniq
    raise NameError, "the template uses #{used - given.keys}, which are not given" unless (used - given.keys).empty?
    raise NameError, "the template leaves out #{given.keys - used}" unless (given.keys - used).empty?

    scope = Object.new
    given.each { |name, value| scope.instance_variable_set("@#{name}", value) }
    ERB.new(text, trim_mode: '-').result(scope.instance_eval { binding })
  end
end

input = JSON.parse($stdin.read)
file = File.join(COOKBOOK, 'resources', 'config.rb')
CustomResource.class_eval(File.read(file), file)
run = Run.new(CustomResource.new(input.fetch('properties'), input.fetch('node')))
run.instance_exec(&CustomResource::ACTIONS.fetch(input.fetch('action').to_sym))
puts JSON.generate(resources: run.resources, converged: run.converged)
