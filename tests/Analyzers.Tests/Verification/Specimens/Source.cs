namespace ScopedTasks.Analyzers.Tests.Verification.Specimens;

/// <summary>A class that the specimen rules have something to say about.</summary>
internal static class Source
{
    /// <summary>A method with these statements, beside the methods that specimens call.</summary>
    public static string With(string statements) =>
        $$"""
        class C
        {
            void M()
            {
                {{statements}}
            }

            static void Bad() { }

            static void Bad1() { }

            static void Good() { }

            static void Fine() { }

            [System.Obsolete]
            static void Old() { }
        }
        """;
}
