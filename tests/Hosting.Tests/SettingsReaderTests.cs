using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SessionAuth.Settings;

namespace SessionAuth.Hosting.Tests;

/// <summary>Binding settings to options.</summary>
public sealed class SettingsReaderTests
{
    [Fact]
    public void Missing_setting_has_its_default_and_a_given_one_its_value()
    {
        Assert.Equal((5080, Colour.Red), Parts(Read([])));
        Assert.Equal(
            (5081, Colour.Blue),
            Parts(Read(new() { ["PORT"] = "5081", ["COLOUR"] = "blue" }))
        );
    }

    [Theory]
    [InlineData("PORT", "http", "PORT must be a number.")]
    [InlineData("PORT", "", "PORT must be a number.")]
    [InlineData("PORT", "99999999999", "PORT must be a number.")]
    [InlineData("LIFETIME", "soon", "LIFETIME must be a time such as 00:15:00.")]
    [InlineData("COLOUR", "green", "COLOUR must be red, blue or white.")]
    [InlineData("COLOUR", "1", "COLOUR must be red, blue or white.")]
    [InlineData("COLOUR", "", "COLOUR must be red, blue or white.")]
    [InlineData("COLOUR", "red,blue", "COLOUR must be red, blue or white.")]
    public void Value_of_the_wrong_type_is_named_and_not_printed(
        string name,
        string value,
        string problem
    )
    {
        Dictionary<string, string?> settings = new() { [name] = value };

        Assert.Equal(problem, Assert.Throws<SettingsException>(() => Read(settings)).Message);
        Assert.Equal(problem, Assert.Throws<SettingsException>(() => Started(settings)).Message);
    }

    [Fact]
    public void Invalid_value_is_refused_before_services_exist_and_at_the_start()
    {
        Dictionary<string, string?> settings = new() { ["PORT"] = "0" };

        Assert.Equal(
            "PORT must be more.",
            Assert.Throws<OptionsValidationException>(() => Read(settings)).Message
        );
        Assert.Equal(
            "PORT must be more.",
            Assert.Throws<OptionsValidationException>(() => Started(settings)).Message
        );
    }

    private static (int, Colour) Parts(Example settings) => (settings.Port, settings.Colour);

    private static Example Read(Dictionary<string, string?> settings) =>
        Configuration(settings).Read(new ExampleValidator());

    private static void Started(Dictionary<string, string?> settings)
    {
        using ServiceProvider services = new ServiceCollection()
            .AddSettings<Example, ExampleValidator>(Configuration(settings))
            .BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();
    }

    private static IConfiguration Configuration(Dictionary<string, string?> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build();

    private enum Colour
    {
        Red,
        Blue,
        White,
    }

    private sealed class Example
    {
        [ConfigurationKeyName("PORT")]
        public int Port { get; set; } = 5080;

        [ConfigurationKeyName("LIFETIME")]
        public TimeSpan? Lifetime { get; set; }

        [ConfigurationKeyName("COLOUR")]
        public Colour Colour { get; set; }
    }

    private sealed class ExampleValidator : IValidateOptions<Example>
    {
        public ValidateOptionsResult Validate(string? name, Example options) =>
            options.Port > 0
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail("PORT must be more.");
    }
}
