using ScopedTasks.Analyzers.Rules.Cold;
using ScopedTasks.Analyzers.Tests.Verification;

namespace ScopedTasks.Analyzers.Tests.Rules.Cold;

public sealed partial class UnenumeratedStreamTests : RuleTests<UnenumeratedStreamAnalyzer>
{
}
