using Xunit;

namespace ScopedTasks.Package.Tests;

/// <summary>The analyzers load in every client and never fall over.</summary>
[Collection(nameof(Sandbox))]
public sealed class LoadingTests(Sandbox sandbox)
{
    [Theory]
    [InlineData("AD0001")]
    [InlineData("CS8032")]
    [InlineData("CS8033")]
    [InlineData("CS9057")]
    [InlineData("MSB4018")]
    [InlineData("NU1")]
    public void No_build_says(string id) =>
        Assert.DoesNotContain(sandbox.Build.Lines, line => line.Contains($" {id}"));
}
