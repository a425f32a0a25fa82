using Microsoft.CodeAnalysis.CSharp;
using ScopedTasks.Analyzers.Tests.Verification;

namespace ScopedTasks.Hosts.CSharp13;

/// <summary>Projects of .NET 10 in languages that the oldest tested compiler does not know.</summary>
internal static class NewerCode
{
    public static Code CSharp12 { get; } = Net100 with { Language = LanguageVersion.CSharp12 };

    public static Code CSharp13 { get; } = Net100 with { Language = LanguageVersion.CSharp13 };

    // The runtime is built for .NET 8; every SDK project is silent on the difference.
    private static Code Net100 => Code.Net100 with { Disabled = ["CS1701"] };
}
