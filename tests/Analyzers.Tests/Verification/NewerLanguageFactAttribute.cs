using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace ScopedTasks.Analyzers.Tests.Verification;

/// <summary>A test that is skipped where the tested compiler does not know its version of the language yet.</summary>
public sealed class NewerLanguageFactAttribute : FactAttribute
{
    public NewerLanguageFactAttribute(string version)
    {
        if (!LanguageVersionFacts.TryParse(version, out _))
            Skip = $"The tested compiler does not know C# {version}.";
    }
}
