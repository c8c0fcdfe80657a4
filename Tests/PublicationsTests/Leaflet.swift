/// What the leaflet of January 2024 prints, as the fund's given records have it: its donors in their order, its programmes in theirs.
enum Leaflet {
    static let donors: [(name: String, amount: String)] = [
        ("Germany", "19,569,912 USD"),
        ("United States", "10,000,000 USD"),
        ("Denmark", "6,588,103 USD"),
        ("United Kingdom", "6,262,133 USD"),
        ("France", "3,849,601 USD"),
        ("Netherlands", "3,781,000 USD"),
        ("Norway", "3,776,692 USD"),
        ("Spain", "1,072,406 USD"),
        ("Sweden", "938,159 USD"),
        ("Portugal", "604,927 USD"),
        ("Mexico", "450,000 USD"),
        ("United Methodist Committee on Relief", "150,000 USD"),
        ("Philippines", "126,402 USD"),
        ("Robert Bosch Stiftung GmbH", "63,121 USD"),
        ("Ireland", "55,569 USD"),
        ("Cyprus", "39,402 USD"),
        ("Luxembourg", "26,307 USD"),
        ("Thailand", "25,000 USD"),
        ("Türkiye", "20,000 USD"),
        ("Bangladesh", "12,007 USD"),
        ("Morocco", "10,000 USD"),
        ("Azerbaijan", "5,000 USD"),
    ]

    struct Programme {
        let heading: String
        let title: String
    }

    static let operational: [Programme] = [
        Programme(
            heading: "INDONESIA · USD 1.7M",
            title: "Migration governance for sustainable development in Indonesia"),
        Programme(
            heading: "SERBIA · USD 2M",
            title: "Promoting evidence-based migration governance for maximizing development potential of migration"),
        Programme(
            heading: "TAJIKISTAN · USD 2.2M",
            title: "Empowerment of 'families left behind' for improved migration outcomes in Khatlon"),
        Programme(
            heading: "GUINEA, LIBERIA AND SIERRA LEONE · USD 2.8M",
            title: "Strengthening border management, social cohesion, and cross-border security in the Parrot's Beak area"),
        Programme(
            heading: "ECUADOR · USD 1.5M",
            title: """
                Socio-economic integration of migrants and host communities focused on national and local \
                governments and innovation projects
                """),
        Programme(
            heading: "REPUBLIC OF MOLDOVA · USD 2M",
            title: """
                Leveraging the positive impact of migration on Moldova's development through improved policy \
                evidence and better engaged diaspora
                """),
        Programme(
            heading: "CHILE AND MEXICO · USD 1.7M",
            title: """
                Capacity building of local governments in Santiago (Chile) and Mexico City to strengthen the \
                socioeconomic integration of migrants and refugees through access to decent work, sustainable \
                livelihoods, and social dialogue
                """),
        Programme(
            heading: "SOUTH AFRICA · USD 2.6M",
            title: """
                Strengthening migrant integration and social cohesion through stakeholders' engagement, socio-\
                economic activities and countering anti-migrant narratives in South Africa
                """),
        Programme(
            heading: "MOROCCO · USD 2M",
            title: "Making migration work for all: Improved social cohesion and fair access to services for migrants in Morocco"),
    ]

    static let pipeline: [Programme] = [
        Programme(
            heading: "INDONESIA, PHILIPPINES AND THAILAND · USD 2.7M",
            title: "Safe Labour Migration and Decent Work for Climate Change adaptation and Resilience in the ASEAN Region"),
        Programme(
            heading: "EL SALVADOR · USD 3.4M",
            title: """
                Strengthen government capacities in protection and reintegration of migrant persons and their \
                families for a holistic approach with a human rights focus
                """),
        Programme(
            heading: "SIERRA LEONE · USD 1.5M",
            title: "Addressing drivers of irregular migration among youth in Sierra Leone"),
        Programme(
            heading: "ARGENTINA · USD 2.6M",
            title: """
                Strengthening border management and capacities of local communities to prevent human trafficking and \
                migrant smuggling with a rights-based approach and gender and childhood perspective
                """),
        Programme(
            heading: "COLOMBIA · USD 2M",
            title: """
                Integrated, secure and human rights-based border management: Addressing the risks and \
                vulnerabilities associated with irregular migration especially Trafficking in Persons (TiP) and \
                Smuggling of Migrants (SoM)
                """),
        Programme(
            heading: "PERU · USD 2M",
            title: """
                Strengthening socioeconomic inclusion and access to comprehensive quality healthcare and protection \
                of refugees and migrants and receiving communities in the COVID-19 context in the district of San \
                Juan de Lurigancho-SJL, Lima
                """),
        Programme(
            heading: "URUGUAY · USD 1.75M",
            title: "Labour inclusion of migrants in Latin America and Covid-19 socio-economic recovery"),
    ]
}
