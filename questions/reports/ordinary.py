"""Forty sentences of ordinary news, written for this purpose: what is not particular.

A word that stands here is worth less as a sign that two texts tell the same thing, and
their mean meaning is what any two pieces of news have in common, so that the first report of
a store is not compared with nothing. What is known grows beside it.
"""

from typing import Final

ORDINARY_NEWS: Final = (
    "The central bank left its interest rate unchanged and said inflation would ease next year.",
    "Lawmakers passed a budget after weeks of talks between the coalition and the opposition.",
    "A court sentenced the former mayor to four years in prison for taking bribes from a builder.",
    "The prime minister resigned after losing a vote of confidence in parliament on Tuesday.",
    "Voters go to the polls on Sunday in an election that surveys say is too close to call.",
    "Police arrested three men after a shooting outside a night club that left two people dead.",
    "An earthquake of magnitude 6.1 struck the coast, damaging homes and cutting the power.",
    "Firefighters were battling wildfires in the hills as a heat wave spread across the region.",
    "The company said that its profit rose by a tenth in the last quarter and raised its forecast.",
    "Workers at the port went on strike over pay, and the union said that talks had broken down.",
    "The foreign ministers met to discuss trade, sanctions and the fate of prisoners.",
    "Troops shelled villages near the front line, and the army said that it had shot down drones.",
    "Rebels and the government agreed to a ceasefire that lets aid trucks reach the besieged town.",
    "The health ministry reported new cases of the disease and urged people to be vaccinated.",
    "Scientists found that the glacier is melting faster than earlier studies had suggested.",
    "The space agency delayed the launch of its rocket because of a leak in a fuel valve.",
    "The striker scored twice as the home side won the final and took the cup for a third time.",
    "The champion withdrew from the tournament with a knee injury hours before her first match.",
    "The singer announced a tour of twenty cities, and tickets sold out within minutes.",
    "The film took more money on its first weekend than any other this year.",
    "A judge blocked a law that would have limited access to abortion, pending an appeal.",
    "Prosecutors charged the founder of the exchange with fraud and said he had misled investors.",
    "Regulators fined the technology company for the way it handled the data of its users.",
    "The airline cancelled hundreds of flights after a failure of its computer system.",
    "The carmaker recalled a million vehicles because of a fault in their brakes.",
    "Oil prices fell as traders worried about demand and producers raised their output.",
    "The president signed an order that tightens rules for migrants who cross the border.",
    "Students protested on campus, and the university called in the police to clear their tents.",
    "A ferry sank in a storm, and rescuers searched for dozens of passengers who were missing.",
    "The bishop apologised to victims of abuse and promised an independent inquiry.",
    "Two banks agreed to merge in a deal that shareholders and regulators must still approve.",
    "The senator said she would not run again and endorsed a younger colleague for her seat.",
    "Hackers stole records of patients from a hospital group and demanded a ransom.",
    "Farmers blocked roads with tractors to protest against cuts in fuel subsidies.",
    "A retired teacher who wrote about her village for fifty years has died at the age of ninety.",
    "The museum returned carved figures that soldiers had taken from the palace a century ago.",
    "The alliance will hold its summit in the capital, with defence spending on the agenda.",
    "The opposition leader was barred from standing, and supporters gathered outside the court.",
    "Nuclear inspectors were refused access to the plant, the agency's director told its board.",
    "Shares climbed to a record after figures showed that employers had hired more than expected.",
)
